// Screen readers: one polite live region for the whole page.

/** Says a text once. The same text twice in a row is not repeated. */
export function say(text) {
  const region = document.getElementById('live');
  if (region && text && region.textContent !== text) region.textContent = text;
}
