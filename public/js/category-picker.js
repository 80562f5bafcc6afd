// Makes a long `select[data-searchable]` one to type in: the ARIA combobox with list autocomplete.
// The select stays, unseen, and is what the form sends. Labels are trails: "Spine › Low back › Sciatica".
const MOST_SHOWN = 200

for (const select of document.querySelectorAll('select[data-searchable]')) enhance(select)

function enhance(select) {
  const picker = createPicker(select)
  const { input, list } = picker

  input.addEventListener('input', () => open(picker, input.value))
  input.addEventListener('click', () => list.hidden && open(picker, ''))
  input.addEventListener('keydown', (event) => onKey(picker, event))
  input.addEventListener('blur', () => leave(picker))
  // browsers put back what was chosen before only after this has run
  addEventListener('pageshow', () => {
    input.value = chosenLabel(picker)
  })
  list.addEventListener('pointerdown', (event) => event.preventDefault())
  list.addEventListener('click', ({ target }) => choose(picker, target.closest('[role=option]')))
}

function createPicker(select) {
  const { id } = select
  const input = element('input', { id, type: 'text', role: 'combobox', autocomplete: 'off', spellcheck: 'false' })
  const list = element('ul', { id: `${id}-list`, role: 'listbox', class: 'picker-list' })
  const status = element('p', { role: 'status', class: 'picker-none' })
  list.hidden = true
  input.setAttribute('aria-controls', list.id)
  input.setAttribute('aria-autocomplete', 'list')
  input.setAttribute('aria-expanded', 'false')
  for (const name of ['aria-describedby', 'aria-invalid'])
    if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name))
  if (select.required) input.setAttribute('aria-required', 'true')
  list.setAttribute('aria-label', document.querySelector(`label[for="${CSS.escape(id)}"]`).textContent)

  select.id = `${id}-select`
  select.required = false
  select.hidden = true
  const holder = element('div', { class: 'picker' })
  select.before(holder)
  holder.append(input, status, list)
  const picker = { select, input, list, status, entries: entriesOf(select), active: -1 }
  input.value = chosenLabel(picker)
  return picker
}

function entriesOf(select) {
  return [...select.options]
    .filter((option) => option.value !== '')
    .map((option) => {
      const text = fold(option.text)
      return { option, text, last: text.slice(text.lastIndexOf('›') + 1).trim() }
    })
}

function fold(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

function open(picker, typed) {
  const found = search(picker.entries, fold(typed).split(/\s+/).filter(Boolean))
  const { list, select, status } = picker
  list.replaceChildren(
    ...found.slice(0, MOST_SHOWN).map(({ option }, index) => {
      const row = element('li', { id: `${list.id}-${index}`, role: 'option', dir: 'auto', 'aria-selected': 'false' })
      row.dataset.value = option.value
      row.textContent = option.text
      return row
    }),
  )
  setOpen(picker, found.length > 0)
  const { none, more } = select.dataset
  status.textContent = found.length === 0 ? none : found.length > MOST_SHOWN ? more : ''
  activate(picker, -1)
}

/** Those that hold all words; a category's own name counts for more than those above it. */
function search(entries, words) {
  const rank = ({ last }) => (last.startsWith(words[0]) ? 0 : last.includes(words[0]) ? 1 : 2)
  const found = entries.filter(({ text }) => words.every((word) => text.includes(word)))
  return words.length === 0 ? found : found.toSorted((a, b) => rank(a) - rank(b))
}

function onKey(picker, event) {
  const { list, input, active } = picker
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step) {
    event.preventDefault()
    if (list.hidden) open(picker, '')
    const { length } = list.children
    activate(picker, active < 0 && step < 0 ? length - 1 : (active + step + length) % (length || 1))
  } else if (event.key === 'Enter' && !list.hidden) {
    event.preventDefault()
    choose(picker, list.children[Math.max(active, 0)])
  } else if (event.key === 'Escape') {
    if (list.hidden) input.value = ''
    picker.status.textContent = ''
    setOpen(picker, false)
  }
}

function activate(picker, index) {
  const { list, input } = picker
  list.children[picker.active]?.setAttribute('aria-selected', 'false')
  picker.active = index
  const row = list.children[index]
  if (!row) return input.removeAttribute('aria-activedescendant')
  row.setAttribute('aria-selected', 'true')
  row.scrollIntoView({ block: 'nearest' })
  input.setAttribute('aria-activedescendant', row.id)
}

function choose(picker, row) {
  if (!row) return
  setValue(picker, row.dataset.value)
  picker.input.value = chosenLabel(picker)
  picker.status.textContent = ''
  setOpen(picker, false)
}

/** What was typed but not chosen counts only where it leaves no doubt. */
function leave(picker) {
  const { input, entries, list, status } = picker
  const typed = fold(input.value).trim()
  const exact = entries.filter(({ text, last }) => text === typed || last === typed)
  if (typed === '') setValue(picker, '')
  else if (exact.length === 1) setValue(picker, exact[0].option.value)
  input.value = chosenLabel(picker)
  status.textContent = ''
  if (!list.hidden) setOpen(picker, false)
}

function setValue({ select }, value) {
  if (select.value === value) return
  select.value = value
  select.dispatchEvent(new Event('input', { bubbles: true }))
  select.dispatchEvent(new Event('change', { bubbles: true }))
}

function setOpen({ input, list }, isOpen) {
  list.hidden = !isOpen
  input.setAttribute('aria-expanded', String(isOpen))
}

function chosenLabel({ select }) {
  return select.value ? select.selectedOptions[0].text : ''
}

function element(name, attributes) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}
