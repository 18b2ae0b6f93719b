// Voice notes: tap to record, tap to send, where the browser can record at all.

import { notice } from "./notice.js";
import { say } from "./words.js";

const TYPES = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
const MAX_SECONDS = 300;

const bar = document.getElementById("recording");
const writing = document.getElementById("writing");
const recorded = document.getElementById("recorded");

/** Whether voice notes can be recorded here; a page over plain http gets no microphone. */
export const canRecord = Boolean(globalThis.MediaRecorder && navigator.mediaDevices?.getUserMedia);

export class Recorder {
  #recorder = null;
  #chunks = [];
  #ticking = null;
  #onRecorded;

  /** `onRecorded(file)`: a voice note to send. */
  constructor(onRecorded) {
    this.#onRecorded = onRecorded;
    document.getElementById("record").addEventListener("click", () => this.#start());
    document.getElementById("send-recording").addEventListener("click", () => this.#recorder?.stop());
    document.getElementById("drop-recording").addEventListener("click", () => this.#drop());
  }

  async #start() {
    notice();
    let sound;
    try {
      sound = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      return notice(say("no_microphone")); // refused, or there is none: the person is told what to do
    }
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    this.#chunks = [];
    this.#recorder = new MediaRecorder(sound, { mimeType, audioBitsPerSecond: 32000 });
    this.#recorder.ondataavailable = (event) => this.#chunks.push(event.data);
    this.#recorder.onstop = () => this.#stopped(sound);
    this.#recorder.start();
    this.#show(true);
    document.getElementById("send-recording").focus();
  }

  #drop() {
    this.#recorder.ondataavailable = null;
    this.#recorder.stop();
  }

  #stopped(sound) {
    for (const track of sound.getTracks()) track.stop();
    const type = this.#recorder.mimeType.split(";")[0];
    this.#recorder = null;
    this.#show(false);
    document.getElementById("text").focus();
    if (this.#chunks.length) this.#onRecorded(new File(this.#chunks, `voice.${type.split("/")[1]}`, { type }));
  }

  #show(on) {
    bar.hidden = !on;
    writing.hidden = on;
    clearInterval(this.#ticking);
    recorded.textContent = "0:00";
    if (!on) return;
    const since = Date.now();
    this.#ticking = setInterval(() => this.#tick(Math.floor((Date.now() - since) / 1000)), 250);
  }

  #tick(seconds) {
    recorded.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (seconds >= MAX_SECONDS) this.#recorder?.stop();
  }
}
