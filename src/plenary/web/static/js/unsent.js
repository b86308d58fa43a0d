/* What a person typed and did not send is not lost in silence: whoever leaves the page, be it for another
   language, is asked first. A page that answers a form holds what was typed as it came back. Passwords are
   typed again. */
(() => {
  const said = (form) =>
    JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value.name ?? value]));
  const holds = (form) =>
    "answer" in document.body.dataset &&
    [...form.querySelectorAll("input:not([type=hidden]), textarea")].some((each) => each.value);

  const forms = [...document.querySelectorAll("form[method=post]")].filter(
    (each) => !each.querySelector("[type=password]"),
  );
  const before = new Map(forms.map((each) => [each, holds(each) ? "" : said(each)]));
  if (!forms.length) return;

  let sent = false;
  addEventListener("submit", () => (sent = true));
  addEventListener("pageshow", () => (sent = false));
  addEventListener("beforeunload", (event) => {
    if (!sent && forms.some((each) => said(each) !== before.get(each))) event.preventDefault();
  });
})();
