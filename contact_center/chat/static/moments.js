// Times and days as people here read them: Western digits in both languages, Bahrain's zone.

import { say } from "./words.js";

const zone = { timeZone: "Asia/Bahrain" };
const locale = document.documentElement.lang === "ar" ? "ar-BH-u-nu-latn-ca-gregory" : "en-GB";
const clock = new Intl.DateTimeFormat(locale, { ...zone, hour: "numeric", minute: "2-digit" });
const day = new Intl.DateTimeFormat(locale, { ...zone, weekday: "long", day: "numeric", month: "long" });

/** «10:32 ص» */
export function timeOf(moment) {
  return clock.format(moment);
}

/** «اليوم», «أمس» or the date. */
export function dayOf(moment) {
  const today = new Date();
  const yesterday = new Date(today - 24 * 60 * 60 * 1000);
  if (day.format(moment) === day.format(today)) return say("today");
  return day.format(moment) === day.format(yesterday) ? say("yesterday") : day.format(moment);
}
