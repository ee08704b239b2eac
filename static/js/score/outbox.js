/* The outbox of marks: a change lies on this device until the server has written it down.
   Changes go one after another, so that no cell can overtake itself. */

const RETRY = 15000;

export class Outbox {
  #running = false;
  #timer = 0;

  /** `on` holds what the page does: taken, refused (may answer with a change to send instead), stuck. */
  constructor({ store, url, token, on }) {
    Object.assign(this, { store, url, token, on });
    this.list = this.#read();
    addEventListener("online", () => this.run());
  }

  /** Keep a change; a waiting one for the same cell gives way and hands on what it was based on. */
  put(change) {
    const waiting = this.list.findIndex((one, at) => same(one, change) && !(at === 0 && this.#running));
    if (waiting >= 0) {
      change.based_on = this.list[waiting].based_on;
      this.list.splice(waiting, 1);
    }
    this.list.push(change);
    this.#write();
    return this.run();
  }

  async run() {
    if (this.#running) return;
    this.#running = true;
    clearTimeout(this.#timer);
    try {
      while (this.list.length && (await this.#send(this.list[0])));
    } finally {
      this.#running = false;
    }
    if (this.list.length) this.#timer = setTimeout(() => this.run(), RETRY);
  }

  /** Send one change; false where the line or the session is gone and the rest waits. */
  async #send(change) {
    let reply, answer;
    try {
      reply = await fetch(this.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
        body: JSON.stringify(change),
      });
      answer = await reply.json();
    } catch {
      this.on.stuck(reply && (reply.redirected || reply.status < 500) ? "expired" : "offline", this.list.length);
      return false;
    }
    const instead = answer.ok ? null : await this.on.refused(change, answer);
    this.list = this.list.filter((one) => one.key !== change.key);
    if (answer.ok || answer.kind === "stale") {
      for (const later of this.list) if (same(later, change)) later.based_on = answer.seq;
    }
    if (instead) this.list.unshift(instead);
    this.#write();
    if (answer.ok) this.on.taken(change, answer, this.list.some((one) => same(one, change)));
    return true;
  }

  #read() {
    try {
      return JSON.parse(localStorage.getItem(this.store) ?? "[]");
    } catch {
      return [];
    }
  }

  #write() {
    try {
      if (this.list.length) localStorage.setItem(this.store, JSON.stringify(this.list));
      else localStorage.removeItem(this.store);
    } catch {
      /* Private windows have no storage: the list then lives as long as the page. */
    }
  }
}

function same(one, other) {
  return one.code === other.code && one.aspect === other.aspect;
}

export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
