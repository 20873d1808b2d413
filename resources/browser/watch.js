// Runs in every frame from its beginning, in a world of its own that the page cannot see: counts changes of the page.
globalThis.ibidChanges = 0;
new MutationObserver((changes) => { globalThis.ibidChanges += changes.length; })
  .observe(document, { subtree: true, childList: true, characterData: true });
