// Runs in the hidden page of developer tools, before its own program: takes its line to the page under inspection for us alone.
// The tools' own program then hears and says nothing, so it switches nothing on (no debugger that a page could stop at).
// What the page under inspection answers and tells is handed on behind a secret.
(() => {
  const wanted = new Set(WANTED_EVENTS);
  const host = window.InspectorFrontendHost;
  window.ibidSay = host.sendMessageToBackend.bind(host);
  host.sendMessageToBackend = () => {};
  let part = "";
  let partSize = 0;
  const hear = (message) => {
    const told = typeof message === "string" ? message : JSON.stringify(message);
    const { id, method } = typeof message === "string" ? JSON.parse(message) : message;
    if (id || wanted.has(method)) console.info("SECRET" + told);
  };
  window.DevToolsAPI.dispatchMessage = hear;
  window.DevToolsAPI.dispatchMessageChunk = (chunk, size) => {
    if (size) { part = ""; partSize = size; }
    part += chunk;
    if (part.length >= partSize) { const whole = part; part = ""; hear(whole); }
  };
})();
