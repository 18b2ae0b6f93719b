// Staying with the newest line, unless the person has scrolled back to read.

const NEAR = 120; // pixels from the end that still count as being there

export class Scrolling {
  #log;
  #button = document.getElementById("to-newest");
  #following = true;

  constructor(log) {
    this.#log = log;
    log.addEventListener("scroll", () => this.#looked(), { passive: true });
    this.#button.addEventListener("click", () => this.toNewest());
    // The keyboard of a phone, a taller composer or a picture that has just loaded: the end stays in view.
    const resized = new ResizeObserver(() => this.#following && this.toNewest());
    resized.observe(log);
    new MutationObserver(() => [...log.children].slice(-3).forEach((child) => resized.observe(child))).observe(log, { childList: true });
  }

  /** Something was added at the end; `always`: by the person, who wants to see it. */
  grown(always) {
    if (this.#following || always) this.toNewest();
    else this.#button.hidden = false;
  }

  toNewest() {
    this.#following = true;
    this.#button.hidden = true;
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  #looked() {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    this.#following = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.#following) this.#button.hidden = true;
  }
}
