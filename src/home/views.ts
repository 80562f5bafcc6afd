declare module '../plugins/views.ts' {
  interface Views {
    'home/show': Record<never, never>
  }
}

export type {}
