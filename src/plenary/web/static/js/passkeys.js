/* What a person is told when a passkey cannot be used: the words stand in the page, in the reader's
   language, and this chooses among them. The ceremony itself is django-allauth's. */
(() => {
  const BY_ERROR = {
    AbortError: "cancelled",
    NotAllowedError: "cancelled",
    InvalidStateError: "known",
    ConstraintError: "unable",
    NotSupportedError: "unable",
    SecurityError: "name",
  };
  const IN_NUMBERS = /^[\d.]+$|^\[/;

  const say = (why) => {
    const known = [...document.querySelectorAll("[data-why]")];
    const chosen = !why || known.some((each) => each.dataset.why === why) ? why : "failed";
    for (const each of known) each.hidden = each.dataset.why !== chosen;
  };

  const hindrance = () => {
    if (IN_NUMBERS.test(location.hostname)) return "numbers";
    if (!window.isSecureContext) return "unencrypted";
    return window.PublicKeyCredential ? "" : "browser";
  };

  const why = hindrance();
  say(why);
  for (const each of document.querySelectorAll("button[data-passkey]")) {
    each.disabled = why !== "";
    each.addEventListener("click", () => say(""));
  }
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    say(BY_ERROR[event.detail.exception.name] ?? "failed");
  });
})();
