// Makes pages livelier; every page works without it.
'use strict';
(() => {
  document.documentElement.classList.add('has-script');

  // What was chosen is kept in this tab until the form is sent; never what tells who somebody is, on a borrowed phone.
  const secret = /number|phone|name|address|birth|note|reason|csrf|submission_key/;
  const keyOf = form => 'form:' + form.dataset.keep;
  const fieldsOf = form => [...form.elements].filter(
    field => field.name && !secret.test(field.name) && !['hidden', 'file', 'submit', 'button'].includes(field.type));
  const remember = form => {
    const kept = {};
    for (const field of fieldsOf(form)) {
      if (field.type === 'radio') { if (field.checked) kept[field.name] = field.value; }
      else if (field.type === 'checkbox') kept[field.name] = field.checked;
      else kept[field.name] = field.value;
    }
    try { sessionStorage.setItem(keyOf(form), JSON.stringify(kept)); } catch { /* storage is switched off */ }
  };
  const recall = form => {
    let kept = null;
    try { kept = JSON.parse(sessionStorage.getItem(keyOf(form)) || 'null'); } catch { return; }
    if (!kept) return;
    for (const field of fieldsOf(form)) {
      if (!(field.name in kept)) continue;
      if (field.type === 'radio') field.checked = field.value === kept[field.name];
      else if (field.type === 'checkbox') field.checked = kept[field.name] === true;
      else if (field.tagName !== 'SELECT' || [...field.options].some(option => option.value === kept[field.name])) field.value = kept[field.name];
    }
  };
  for (const form of document.querySelectorAll('form[data-keep]')) {
    // After a refusal the server has put back what was typed; that is newer than what was kept.
    if (!document.querySelector('.errors')) recall(form);
    form.addEventListener('input', () => remember(form));
    form.addEventListener('submit', () => {
      try { sessionStorage.removeItem(keyOf(form)); } catch { /* storage is switched off */ }
    });
  }

  // A form is sent once, however often the button is pressed.
  for (const form of document.querySelectorAll('form[method=post]')) {
    form.addEventListener('submit', event => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = 'yes';
    });
  }
  addEventListener('pageshow', () => { for (const form of document.forms) delete form.dataset.sent; });

  // Choosing a county or a township shows the next list.
  for (const button of document.querySelectorAll('button[data-after]')) {
    const list = document.getElementById(button.dataset.after);
    if (list) list.addEventListener('change', () => { if (list.value) button.form.requestSubmit(button); });
  }

  // What happened on the way here is said once, not again after a reload.
  if (new URLSearchParams(location.search).has('notice')) history.replaceState(null, '', location.pathname);

  const summary = document.querySelector('.errors');
  if (summary) summary.focus();

  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => print());
  }

  // The state of an application as it changes.
  const live = document.getElementById('live');
  if (live && live.dataset.events && window.EventSource) {
    const events = new EventSource(live.dataset.events);
    events.addEventListener('state', event => {
      const { html } = JSON.parse(event.data);
      const open = [...live.querySelectorAll('details')].map(details => details.open);
      const template = document.createElement('template');
      template.innerHTML = html;
      if (template.innerHTML.trim() === live.innerHTML.trim()) return;
      const heading = () => live.querySelector('.banner h2')?.textContent;
      const before = heading();
      live.replaceChildren(template.content);
      live.querySelectorAll('details').forEach((details, index) => { details.open = open[index] || false; });
      live.querySelector('.banner')?.classList.add('just-changed');
      // What was said about the last form is no longer news once the state has moved on.
      if (heading() !== before) document.querySelector('main > .banner[role=status]')?.remove();
    });
    events.addEventListener('end', () => events.close());
    addEventListener('pagehide', () => events.close());
  }
})();
