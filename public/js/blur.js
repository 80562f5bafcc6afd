// Shows in the text what a tick replaces, and lets a click on the mark set the tick.
const marks = [...document.querySelectorAll('mark[data-blur]')]

for (const box of document.querySelectorAll('input[name="blur"]')) {
  const own = marks.filter((mark) => mark.dataset.blur === box.value)
  const show = () => {
    for (const mark of own) {
      mark.dataset.text ??= mark.textContent
      mark.textContent = box.checked ? mark.dataset.word : mark.dataset.text
    }
  }
  box.addEventListener('change', show)
  for (const mark of own) mark.addEventListener('click', () => box.click())
  show()
}
