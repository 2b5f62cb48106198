import { texts } from '../texts';

/** What the person can do now; nothing where there is nothing to do. */
export function NextStep({ text }: { readonly text: string | undefined }) {
  if (!text) return null;
  return (
    <p className="next">
      <span className="strong">{texts.next}:</span> {text}
    </p>
  );
}
