/* Follows work that is under way: the page asks itself again and changes only what changed. */
const PAUSE = 1500;

const follow = async () => {
  const here = document.querySelector("#following[data-following]");
  if (!here) return;
  try {
    const reply = await fetch(location.href, { headers: { Accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await reply.text(), "text/html").querySelector("#following");
    if (fresh) here.replaceWith(document.importNode(fresh, true));
  } catch {
    /* The network is away for a moment: what is shown stays, and the next round asks again. */
  }
  setTimeout(follow, PAUSE);
};

setTimeout(follow, PAUSE);
