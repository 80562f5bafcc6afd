// Counts what is left of a field's `data-limit` once it gets tight. Nothing is cut off.
const TIGHT = 0.8
const SHORT = 20

for (const field of document.querySelectorAll('[data-limit]')) {
  const line = document.createElement('p')
  line.className = 'limit'
  line.setAttribute('role', 'status')
  field.after(line)
  field.addEventListener('input', () => tell(field, line))
  tell(field, line)
}

function tell(field, line) {
  const limit = Number(field.dataset.limit)
  const left = limit - field.value.length
  const sentence = left < 0 ? field.dataset.over : field.dataset.left
  line.classList.toggle('is-over', left < 0)
  const isRoomy = left >= 0 && (limit <= SHORT || field.value.length < limit * TIGHT)
  line.textContent = isRoomy ? '' : sentence.replace('#', Math.abs(left))
}
