// Waiting between tries: longer each time, never in step with everybody else, cut short by `hurry`.

const SECONDS = [0.5, 1, 2, 4, 8, 15];

export class Backoff {
  #tries = 0;
  #wake = () => {};

  /** Wait before the next try, at least `atLeast` seconds. */
  async wait(atLeast = 0) {
    const step = SECONDS[Math.min(this.#tries++, SECONDS.length - 1)];
    const seconds = Math.max(step * (0.75 + Math.random() / 2), atLeast);
    await new Promise((resolve) => {
      this.#wake = resolve;
      setTimeout(resolve, seconds * 1000);
    });
  }

  /** It worked: the next wait is a short one again. */
  reset() {
    this.#tries = 0;
  }

  /** Something changed (online again, looked at again): try now. */
  hurry() {
    this.#tries = 0;
    this.#wake();
  }
}
