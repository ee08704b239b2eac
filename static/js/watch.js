/* Looks again at a list of files while one of them is still being written; without script the link does it. */
const PAUSE = 4000;

async function look() {
  const here = document.querySelector("[data-watch]");
  if (!here?.hasAttribute("data-waiting")) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-watch]");
    if (answer.ok && fresh && !here.contains(document.activeElement)) here.replaceWith(fresh);
  } catch {
    /* offline: the next look may find it */
  }
  setTimeout(look, PAUSE);
}

setTimeout(look, PAUSE);
