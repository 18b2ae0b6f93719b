// The number of what was filed, large enough to be read out, and how far it has come by SMS.

/** What the agent is told of a phone that the number cannot be texted to, by HTTP's status. */
const FAULTS = { 409: "texted_before", 422: "bad_phone" };

function element(name, text, attributes = {}) {
  return Object.assign(document.createElement(name), { textContent: text }, attributes);
}

export class Filed {
  /** `text(phone)` has the number texted there; `refused(error)` tells of what is not about the phone. */
  constructor(box, words, text, refused) {
    Object.assign(this, { box, words, text, refused, told: "" });
    this.number = box.querySelector("#reference");
    this.list = box.querySelector("#told");
    this.form = box.querySelector("form");
    this.fault = box.querySelector("#text-fault");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send(this.form.querySelector("input"));
    });
  }

  /** `reference`: none while nothing is filed; `told`: its SMS, oldest first. What has not changed is left as it is. */
  show(reference, told) {
    this.box.hidden = !reference;
    if (!reference) return;
    if (this.number.dataset.reference !== reference) {
      this.number.dataset.reference = reference;
      this.number.ariaLabel = reference;
      this.number.replaceChildren(...reference.split("-").map((group) => element("span", group)));
    }
    if (this.told === JSON.stringify(told)) return;
    this.told = JSON.stringify(told);
    this.list.replaceChildren(...told.map((sms) => this.item(sms)));
  }

  item({ to, how, time, bad }) {
    const item = element("li", "", { className: bad ? "bad" : "" });
    item.append(`${this.words.told} `, element("bdi", to, { dir: "ltr", className: "number" }), ` — ${how} (${time})`);
    return item;
  }

  async send(input) {
    this.fault.textContent = "";
    try {
      await this.text(input.value.trim());
      input.value = "";
    } catch (error) {
      if (FAULTS[error.status]) this.fault.textContent = this.words[FAULTS[error.status]];
      else this.refused(error);
    }
  }
}
