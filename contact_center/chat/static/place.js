// The person's location, asked of the browser when they want to share it.

import { notice } from "./notice.js";
import { say } from "./words.js";

const button = document.getElementById("share-place");

/** Wire the location button; it falls away where the browser knows no places. `onFound({lat, lon})`. */
export function sharePlace(onFound) {
  button.hidden = !navigator.geolocation || !isSecureContext;
  button.addEventListener("click", () => {
    notice(say("locating"));
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        notice();
        onFound({ lat: coords.latitude, lon: coords.longitude });
      },
      (error) => notice(say(error.code === error.PERMISSION_DENIED ? "location_refused" : "location_unknown")),
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 30000 },
    );
  });
}
