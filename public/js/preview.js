// Shows below a textarea how its Markdown will look: `data-preview` is the address that renders it.
const PAUSE_MS = 400

for (const area of document.querySelectorAll('textarea[data-preview]')) watch(area)

function watch(area) {
  const section = shownPane(area) ?? createPane(area)
  const pane = { section, prose: section.querySelector('.prose') }
  let timer
  area.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(() => show(area, pane), PAUSE_MS)
  })
}

/** The form's Preview button, which needs no JavaScript, had it shown. */
function shownPane(area) {
  return area.form.querySelector('.preview')
}

function createPane(area) {
  const section = document.createElement('section')
  const title = document.createElement('h2')
  const prose = document.createElement('div')
  section.className = 'preview'
  section.hidden = true
  section.setAttribute('aria-labelledby', `${area.id}-preview`)
  title.id = `${area.id}-preview`
  title.textContent = area.dataset.previewTitle
  prose.className = 'prose'
  prose.dir = 'auto'
  section.append(title, prose)
  area.closest('.field').after(section)
  return section
}

async function show(area, { section, prose }) {
  const body = area.value
  section.hidden = body.trim() === ''
  if (section.hidden) return
  const response = await fetch(area.dataset.preview, { method: 'POST', body: new URLSearchParams({ body }) })
  if (response.ok && body === area.value) prose.innerHTML = await response.text()
}
