// What a page does in the browser: search, theme, copying code, and a menu that is closed where there is little room.
(() => {
  const root = document.documentElement.dataset.root;
  const find = (selector) => document.querySelector(selector);

  const menu = find('#menu');
  if (matchMedia('(max-width: 60rem)').matches) menu.open = false;

  const button = find('#theme');
  button.hidden = false;
  button.addEventListener('click', () => {
    const { dataset } = document.documentElement;
    const isDark = dataset.theme ? dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    dataset.theme = isDark ? 'light' : 'dark';
    try {
      localStorage.setItem('theme', dataset.theme);
    } catch {
      // The choice holds for this page.
    }
  });

  for (const block of document.querySelectorAll('.code')) {
    const copy = document.createElement('button');
    copy.type = 'button';
    copy.textContent = 'Copy';
    copy.addEventListener('click', async () => {
      await navigator.clipboard.writeText(typedIn(block.querySelector('code')));
      copy.textContent = 'Copied';
      setTimeout(() => {
        copy.textContent = 'Copy';
      }, 1500);
    });
    block.append(copy);
  }

  /** Of a session, the lines that were typed, without their prompt; of anything else, all of it. */
  function typedIn(code) {
    const text = code.textContent.replace(/\n$/, '');
    if (!code.classList.contains('language-console')) return text;
    const typed = text.split('\n').flatMap((line) => /^(?:\([^)]*\) )?\$ (.*)$/.exec(line)?.[1] ?? []);
    return typed.join('\n');
  }

  const input = find('#search');
  const results = find('#results');
  let index;
  input.hidden = false;
  const show = () => {
    index ??= window.MiniSearch.loadJSON(window.searchIndex.index, window.searchIndex.options);
    const found = input.value.trim() === '' ? [] : index.search(input.value).slice(0, 8);
    results.replaceChildren(
      ...found.map(({ id, title }) => {
        const item = document.createElement('li');
        const link = document.createElement('a');
        link.href = root + id;
        link.textContent = title;
        item.append(link);
        return item;
      }),
    );
    results.hidden = found.length === 0;
  };
  input.addEventListener('input', show);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') results.querySelector('a')?.click();
    if (event.key === 'Escape') results.hidden = true;
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || document.activeElement === input) return;
    event.preventDefault();
    input.focus();
  });
})();
