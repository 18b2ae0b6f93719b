// The conversation as it is shown: lines that came from the service, and those on their way to it.

const NEAR_PX = 60;

/** A new element of a class, with a text. */
export function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function lineOf({ id, role, who, time, text, note }, words) {
  const item = element("li", `said by-${role}`, "");
  item.dataset.line = id;
  item.append(element("p", "who", [who ?? words[role], time].filter(Boolean).join(" · ")));
  if (text) {
    const said = element("p", "words", text);
    said.dir = "auto";
    item.append(said);
  }
  if (note) item.append(element("p", "besides", note));
  return item;
}

export class Log {
  constructor(list, words) {
    Object.assign(this, { list, words });
  }

  /** Show lines that are not shown yet; one of ours that has arrived takes its own place. */
  show(lines) {
    for (const line of lines) {
      const there = this.find(line.id);
      if (there && !there.classList.contains("pending")) continue;
      there?.remove();
      this.list.insertBefore(lineOf(line, this.words), this.list.querySelector(".pending"));
    }
  }

  /** Do something that changes the list or its height; whoever was reading its end still does afterwards. */
  keepingTheEnd(change) {
    const { scrollHeight, scrollTop, clientHeight } = this.list;
    const atTheEnd = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    change();
    if (atTheEnd) this.toTheEnd();
  }

  /** Show what the agent has just typed, until the service has it. */
  expect(id, text) {
    const item = lineOf({ id, role: "citizen", text }, this.words);
    item.classList.add("pending");
    this.list.append(item);
    this.toTheEnd();
  }

  /** It did not get there. */
  forget(id) {
    this.find(id)?.remove();
  }

  find(id) {
    return this.list.querySelector(`[data-line="${CSS.escape(id)}"]`);
  }

  toTheEnd() {
    this.list.scrollTop = this.list.scrollHeight;
  }
}
