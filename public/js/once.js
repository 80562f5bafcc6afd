// A second press while the first is on its way would post twice: the button waits.
const waiting = new Set()

document.addEventListener('submit', ({ target: form, submitter: button, defaultPrevented }) => {
  if (form.method !== 'post' || !button || defaultPrevented) return
  // after this turn, or the button's own value would not be sent
  setTimeout(() => {
    button.disabled = true
    waiting.add(button)
  })
})

// whoever comes back with the browser's Back button finds it ready again
addEventListener('pageshow', () => {
  for (const button of waiting) button.disabled = false
  waiting.clear()
})
