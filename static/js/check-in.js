/* The check-in desk: what is complete submits itself, nothing typed is lost, the camera reads where it can. */
const PATIENCE = 8000;
const SAME = 4000;
const TONES = { ok: [880, 0.12], warn: [587, 0.2], bad: [220, 0.45] };
let busy = false;

const form = () => document.querySelector("#scan");
const field = () => document.querySelector("#code");
const plain = (text) => text.normalize("NFKC").replace(/\s/g, "").toUpperCase();

/* Complete is the text of a pass's code, or a number as long as this event's passes are. */
const complete = (text, digits) => {
  const code = /^JP:\d+:(\S+)$/.exec(text);
  const number = code ? code[1] : /^\d+$/.test(text) ? text : "";
  return digits > 0 && number.length === digits;
};

const tell = (name) => {
  for (const key of ["lost", "strange"]) {
    const words = document.getElementById(key);
    if (words) words.hidden = key !== name;
  }
};

let audio = null;
const sound = (tone) => {
  if (!document.querySelector("#sound")?.checked || !TONES[tone]) return;
  audio ??= new AudioContext();
  const [pitch, length] = TONES[tone];
  const voice = audio.createOscillator();
  voice.frequency.value = pitch;
  voice.connect(audio.destination);
  voice.start();
  voice.stop(audio.currentTime + length);
};

const show = (text) => {
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.querySelector("#check-in");
  if (!fresh) return false;
  document.querySelector("#check-in").replaceWith(document.importNode(fresh, true));
  const result = document.querySelector("#result");
  if (result?.dataset.tone !== "bad" && field()) field().value = "";
  field()?.focus(); /* Always here: the next scan must never be typed into a reason. */
  field()?.select();
  sound(result?.dataset.tone);
  return true;
};

const send = async (sent, extra) => {
  busy = true;
  const body = new FormData(sent);
  if (extra) body.set(extra.name, extra.value);
  try {
    const reply = await fetch(sent.action, { method: "POST", body, signal: AbortSignal.timeout(PATIENCE) });
    if (!show(await reply.text())) tell("strange");
  } catch {
    tell("lost");
  } finally {
    busy = false;
    sent.querySelector("button")?.removeAttribute("aria-busy");
  }
};

document.addEventListener("submit", (event) => {
  const sent = event.target;
  if (sent.method !== "post" || !sent.closest("#check-in") || !sent.elements.key) return;
  event.preventDefault();
  if (busy || (sent === form() && !field().value.trim())) return;
  const button = event.submitter?.name ? event.submitter : null;
  send(sent, button);
});

document.addEventListener("input", (event) => {
  if (event.target !== field() || event.isComposing) return;
  if (complete(plain(field().value), Number(form().dataset.digits))) form().requestSubmit();
});

/* The camera. */
const on = document.querySelector("#camera-on");
const off = document.querySelector("#camera-off");
const view = document.querySelector("#camera-view");
let stream = null;
let last = { text: "", at: 0 };

const watch = async (detector) => {
  if (!stream) return;
  try {
    const [found] = await detector.detect(view);
    const text = found ? plain(found.rawValue) : "";
    const again = text === last.text && Date.now() - last.at < SAME;
    if (text && !again && !busy && form()) {
      last = { text, at: Date.now() };
      field().value = text;
      form().requestSubmit();
    }
  } catch {
    /* A frame that cannot be read is no fault; the next one may be. */
  }
  setTimeout(() => watch(detector), 250);
};

const stop = () => {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  view.hidden = off.hidden = true;
  on.hidden = false;
};

const start = async (detector) => {
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    document.querySelector("#no-camera").hidden = false;
    return;
  }
  view.srcObject = stream;
  await view.play();
  view.hidden = off.hidden = false;
  on.hidden = true;
  watch(detector);
};

const reads = "BarcodeDetector" in window && navigator.mediaDevices && (await BarcodeDetector.getSupportedFormats()).includes("qr_code");
if (on && reads) {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  document.querySelector("#no-camera").hidden = true;
  on.hidden = false;
  on.addEventListener("click", () => start(detector));
  off.addEventListener("click", stop);
}
