"""What officers say often, kept ready: texts with placeholders, for one agency or for all."""
