/** Numbers and times in the person's own locale and time zone. */
export interface Formats {
  /** Locale of the page's words, for `lang`: the person's own where the texts exist in its language. */
  readonly language: string;
  readonly count: (value: number) => string;
  /** "3 minutes ago", in the language of the texts; a time that lies ahead counts as now. */
  readonly age: (atIso: string, nowMs: number) => string;
  /** Date and time in full. Text that is not a date comes back as it is. */
  readonly dateTime: (atIso: string) => string;
}

const ageSteps = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

function supported(locale: string): string {
  try {
    return Intl.DateTimeFormat(locale.replace('_', '-')).resolvedOptions().locale;
  } catch {
    // Not a locale at all: the platform's own default words are English.
    return 'en';
  }
}

function dateTimeFormat(locale: string, timeZone: string | undefined): Intl.DateTimeFormat {
  const style = { dateStyle: 'medium', timeStyle: 'short' } as const;
  try {
    return new Intl.DateTimeFormat(locale, timeZone === undefined ? style : { ...style, timeZone });
  } catch {
    // A time zone that this browser does not know: its own is the next best.
    return new Intl.DateTimeFormat(locale, style);
  }
}

/** Makes the formats of one page. Unknown locales and time zones fall back instead of throwing. */
export function createFormats(wantedLocale: string, timeZone: string | undefined): Formats {
  const locale = supported(wantedLocale);
  // The texts are English so far: other words in the middle of an English sentence would be read out wrongly.
  const language = locale.startsWith('en') ? locale : 'en';
  const numbers = new Intl.NumberFormat(locale);
  const ages = new Intl.RelativeTimeFormat(language, { numeric: 'always' });
  const dates = dateTimeFormat(locale, timeZone);

  return {
    language,
    count: (value) => numbers.format(value),
    age(atIso, nowMs) {
      const seconds = (nowMs - Date.parse(atIso)) / 1000;
      if (Number.isNaN(seconds)) return atIso;
      for (const [unit, size] of ageSteps) {
        if (seconds >= size) return ages.format(-Math.floor(seconds / size), unit);
      }
      return 'just now';
    },
    dateTime(atIso) {
      const at = Date.parse(atIso);
      return Number.isNaN(at) ? atIso : dates.format(at);
    },
  };
}
