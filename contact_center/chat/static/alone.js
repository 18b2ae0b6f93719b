// Work that only one tab of this chat does at a time.

/** Run `work` while no other tab runs work of that name; without Web Locks (plain http) just run it. */
export function alone(name, work) {
  return navigator.locks ? navigator.locks.request(`tawasul.chat.${name}`, work) : work();
}
