// Asks the server. What it refuses comes back as {status, error, …}; what cannot be reached throws Unreachable.

const PATIENCE = 15000;

class Unreachable extends Error {}
export class SignedOut extends Error {}

export class Server {
  constructor(box) {
    this.addresses = box.dataset;
    this.token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  }

  state = () => this.get(this.addresses.state);
  findings = ({ version, stamp }) => this.get(`${this.addresses.findings}?since=${version}&stamp=${encodeURIComponent(stamp)}`);
  changes = (since, stamp) => this.get(`${this.addresses.changes}?since=${since}&stamp=${encodeURIComponent(stamp)}`);
  options = (session, minutes) => this.get(`${this.addresses.options}?session=${session}&minutes=${minutes}`);
  moves = (moves, { version, stamp }, base) => this.post("moves", { base, moves }, version, stamp);
  undo = ({ version, stamp }) => this.post("undo", null, version, stamp);
  redo = ({ version, stamp }) => this.post("redo", null, version, stamp);

  get(address) {
    return this.ask(address, { headers: { Accept: "application/json" } });
  }

  post(name, told, version, stamp) {
    return this.ask(`${this.addresses[name]}?since=${version}&stamp=${encodeURIComponent(stamp)}`, {
      method: "POST",
      body: JSON.stringify(told),
      headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": this.token },
    });
  }

  async ask(address, options) {
    let answer, told;
    try {
      answer = await fetch(address, { ...options, redirect: "error", signal: AbortSignal.timeout(PATIENCE) });
    } catch (error) {
      throw new Unreachable(error.message);
    }
    // Who is signed out, or organises no more, gets a page that says so instead of JSON.
    if (answer.status === 403 || answer.status === 404) throw new SignedOut();
    try {
      told = await answer.json();
    } catch {
      throw new Unreachable(String(answer.status));
    }
    return { ...told, status: answer.status };
  }
}
