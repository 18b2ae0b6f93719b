"""Rasa graph components over bot.arabic."""
