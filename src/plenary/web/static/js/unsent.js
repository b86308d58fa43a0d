/* What a person typed and did not send is not lost in silence: whoever leaves the page, be it for another
   language or by sending another form, is asked first. What comes back in the answer to a form because it
   was typed there is marked so by the page (data-typed). Passwords are typed again. */
(() => {
  const said = (form) =>
    JSON.stringify(
      [...form.elements].map((each) => [
        each.name,
        each.value,
        each.checked,
        [...(each.selectedOptions ?? [])].map((option) => option.value),
      ]),
    );
  const cameBack = (form) => form.querySelector("[data-typed]") !== null;

  const forms = [...document.querySelectorAll("form[method=post]")].filter(
    (each) => !each.querySelector("[type=password]"),
  );
  const before = new Map(forms.map((each) => [each, cameBack(each) ? "" : said(each)]));
  if (!forms.length) return;

  // a form is read for sending, by whoever or whatever sends it, at once before the page is left
  let sent = null;
  addEventListener("formdata", (event) => (sent = event.target));
  addEventListener("beforeunload", (event) => {
    if (forms.some((each) => each !== sent && said(each) !== before.get(each))) {
      event.preventDefault();
    }
    sent = null;
  });
})();
