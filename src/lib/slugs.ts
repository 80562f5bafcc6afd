const LONGEST = 80

/** 'Nerve pain: L5/S1?' → 'nerve-pain-l5-s1'. What has no Latin letters at all becomes `fallback`. */
export function slugOf(text: string, fallback = 'question') {
  const slug = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '')
  return slug || fallback
}
