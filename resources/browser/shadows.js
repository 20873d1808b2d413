// Runs in every frame from its beginning, in the page's own world: shadow trees are open, so that what they show can be written down.
(() => {
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function attachShadow(init) { return attach.call(this, { ...init, mode: "open" }); };
})();
