// Open cases that may be about the same as what is being told.

export class Similar {
  constructor(card, base) {
    Object.assign(this, { card, base, list: card.querySelector("ul"), shown: "" });
  }

  /** Show these, the likeliest first; an unchanged list is left as it is, so that nobody hears it read out again. */
  show(cases) {
    const told = JSON.stringify(cases);
    if (told === this.shown) return;
    this.shown = told;
    this.card.hidden = !cases.length;
    this.list.replaceChildren(...cases.map((each) => this.item(each)));
  }

  item({ reference, category, place, status, day, own }) {
    const link = Object.assign(document.createElement("a"), {
      className: "reference",
      dir: "ltr",
      href: `${this.base}/cases/${reference}`,
      target: "_blank",
      rel: "noopener",
      textContent: reference,
    });
    const about = Object.assign(document.createElement("span"), { textContent: [category, place].filter(Boolean).join(" · ") });
    const standing = Object.assign(document.createElement("span"), {
      className: "muted due",
      textContent: [own, status, day].filter(Boolean).join(" · "),
    });
    const item = document.createElement("li");
    item.append(link, about, standing);
    return item;
  }
}
