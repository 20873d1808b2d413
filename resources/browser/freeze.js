// Writes a document down as HTML that shows, without any script, what it shows now. Runs in a world of its own, once, at the end;
// the document is used up by it. The answer is in globalThis.ibidFrozen: {html, words} or {error}.
(() => {
  const MOST_PICTURE_CHARACTERS = 12_000_000;
  let pictureCharacters = 0;

  const roots = (root, found = []) => {
    found.push(root);
    for (const element of root.querySelectorAll("*")) if (element.shadowRoot) roots(element.shadowRoot, found);
    return found;
  };

  const rulesOf = (sheet) => {
    try { return [...sheet.cssRules].map((rule) => rule.cssText).join("\n"); } catch { return null; }
  };

  // A style whose rules were changed from script no longer says in its text what it does.
  const settleStyle = (style) => {
    const now = style.sheet && rulesOf(style.sheet);
    if (now === null || now === undefined) return;
    const written = new CSSStyleSheet();
    try { written.replaceSync(style.textContent); } catch { /* shown as it is */ }
    if (rulesOf(written) !== now && !/@import/i.test(style.textContent)) style.textContent = now;
  };

  const adopt = (root) => {
    for (const sheet of root.adoptedStyleSheets || []) {
      const rules = rulesOf(sheet);
      if (sheet.disabled || !rules) continue;
      const style = document.createElement("style");
      if (sheet.media && sheet.media.mediaText) style.media = sheet.media.mediaText;
      style.textContent = rules;
      (root.head || root).append(style);
    }
  };

  const settleField = (field) => {
    if (field.matches("select")) { for (const option of field.options) option.toggleAttribute("selected", option.selected); return; }
    if (field.matches("textarea")) { field.textContent = field.value; return; }
    if (field.type === "checkbox" || field.type === "radio") { field.toggleAttribute("checked", field.checked); return; }
    if (field.type === "password" || field.type === "file") { field.removeAttribute("value"); return; }
    field.setAttribute("value", field.value);
  };

  const asPicture = (element, address) => {
    pictureCharacters += address.length;
    if (pictureCharacters > MOST_PICTURE_CHARACTERS) return false;
    const picture = document.createElement("img");
    for (const { name, value } of element.attributes) if (!name.startsWith("on")) picture.setAttribute(name, value);
    picture.setAttribute("src", address);
    element.replaceWith(picture);
    return true;
  };

  const settleCanvas = (canvas) => {
    try { asPicture(canvas, canvas.toDataURL()); } catch { /* it holds a picture of another site, which no script may read */ }
  };

  const drawn = (image) => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    try { canvas.getContext("2d").drawImage(image, 0, 0); return canvas.toDataURL(); } catch { return ""; }
  };

  const settleImage = (image, held) => {
    const shown = image.currentSrc || image.src;
    if (held.has(shown) || shown.startsWith("blob:")) image.setAttribute("src", held.get(shown) || drawn(image));
    else if (shown) image.setAttribute("src", shown);
    for (const name of ["srcset", "sizes", "loading"]) image.removeAttribute(name);
    if (image.parentElement && image.parentElement.matches("picture"))
      for (const source of image.parentElement.querySelectorAll("source")) source.remove();
  };

  const settleMedia = (media) => {
    const shown = media.currentSrc;
    if (!shown || !/^https?:/.test(shown)) return;
    for (const source of media.querySelectorAll("source")) source.remove();
    if (media.src !== shown) media.setAttribute("src", shown);
    for (const name of ["autoplay", "preload"]) media.removeAttribute(name);
  };

  const settleFrame = (frame) => {
    let inner = null;
    try { inner = frame.contentDocument; } catch { /* another site's: written down by itself */ }
    if (!inner || !inner.documentElement) return;
    frame.removeAttribute("loading");
    if (/^https?:/.test(inner.URL)) { frame.setAttribute("src", inner.URL.split("#")[0]); return; }
    const html = write(inner, new Map());
    frame.removeAttribute("src");
    frame.setAttribute("srcdoc", html);
  };

  const USELESS = [
    "noscript", "script:not([type='application/ld+json'])", "meta[http-equiv='refresh' i]", "meta[http-equiv='content-security-policy' i]",
    "meta[charset]", "meta[http-equiv='content-type' i]",
    ...["preconnect", "dns-prefetch", "preload", "prefetch", "modulepreload", "prerender", "manifest"].map((rel) => `link[rel~='${rel}' i]:not([rel~='stylesheet' i])`),
  ].join(",");

  const settle = (root, held) => {
    for (const style of root.querySelectorAll("style")) settleStyle(style);
    adopt(root);
    for (const canvas of root.querySelectorAll("canvas")) settleCanvas(canvas);
    for (const field of root.querySelectorAll("input, textarea, select")) settleField(field);
    for (const image of root.querySelectorAll("img")) settleImage(image, held);
    for (const media of root.querySelectorAll("video, audio")) settleMedia(media);
    for (const frame of root.querySelectorAll("iframe, frame")) settleFrame(frame);
    for (const link of root.querySelectorAll("link[rel~='stylesheet' i]")) if (link.disabled) link.setAttribute("disabled", "");
    for (const useless of root.querySelectorAll(USELESS)) useless.remove();
    for (const element of root.querySelectorAll("*"))
      for (const { name } of [...element.attributes]) if (/^on/i.test(name)) element.removeAttribute(name);
  };

  const write = (ofDocument, held) => {
    const all = roots(ofDocument);
    for (const root of all) settle(root, held);
    const top = ofDocument.documentElement;
    const head = ofDocument.head;
    if (head) { const meta = ofDocument.createElement("meta"); meta.setAttribute("charset", "utf-8"); head.prepend(meta); }
    for (const { name } of [...top.attributes]) if (/^on/i.test(name)) top.removeAttribute(name);
    const inside = top.getHTML({ serializableShadowRoots: true, shadowRoots: all.filter((root) => root !== ofDocument) });
    const [open, close] = top.cloneNode(false).outerHTML.split(/(?=<\/[^<]*$)/);
    const type = ofDocument.doctype ? new XMLSerializer().serializeToString(ofDocument.doctype) + "\n" : "";
    return type + open + inside + (close || "");
  };

  // Pictures that only live in this page's memory become part of the HTML.
  const holdPictures = async () => {
    const held = new Map();
    const blobs = new Set();
    for (const root of roots(document))
      for (const image of root.querySelectorAll("img")) if ((image.currentSrc || image.src).startsWith("blob:")) blobs.add(image.currentSrc || image.src);
    for (const address of blobs) {
      try {
        const blob = await (await fetch(address)).blob();
        const data = await new Promise((done, failed) => {
          const reader = new FileReader();
          reader.onload = () => done(reader.result);
          reader.onerror = failed;
          reader.readAsDataURL(blob);
        });
        pictureCharacters += data.length;
        if (pictureCharacters <= MOST_PICTURE_CHARACTERS) held.set(address, data);
      } catch { /* the page's own rules forbid even that; what is drawn can still be drawn again */ }
    }
    return held;
  };

  globalThis.ibidFrozen = null;
  holdPictures()
    .then((held) => { globalThis.ibidFrozen = { html: write(document, held) }; })
    .catch((error) => { globalThis.ibidFrozen = { error: String(error) }; });
})();
