// What was said, with files and how far each message of ours has come; notes of agents stand among it.

import { element, Log } from "../call/log.js";

export class Talk extends Log {
  /** `address`: of the conversation, whose files are shown. */
  constructor(list, address) {
    super(list, {});
    this.address = address;
  }

  show(lines) {
    super.show(lines);
    for (const line of lines) this.follow(this.find(line.id), line);
  }

  /** Show what changes of a line that is there. */
  follow(item, { files, status, progress, day }) {
    item.querySelector(".who").title = day;
    if (files.length && !item.querySelector(".files")) item.append(this.shown(files));
    const told = item.querySelector(".progress") ?? (progress ? item.appendChild(element("p", "progress", "")) : null);
    if (told && told.textContent !== progress) told.textContent = progress;
    told?.classList.toggle("bad", status === "failed");
  }

  shown(files) {
    const list = element("p", "files", "");
    for (const file of files) {
      const link = Object.assign(element("a", "", file.picture ? "" : file.name), {
        href: `${this.address}/files/${file.id}`, target: "_blank", rel: "noopener",
      });
      if (file.picture) link.append(Object.assign(document.createElement("img"), { src: link.href, alt: file.name }));
      list.append(link);
    }
    return list;
  }
}
