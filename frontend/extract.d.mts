export function calls(source: string, file: string): string
