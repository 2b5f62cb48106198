import type { ImportContent } from '@contracts/imports';
import { treatmentTexts } from './texts';

/** What an import brings, and what it does not and why. */
export function ContentsTable({ contents }: { readonly contents: readonly ImportContent[] }) {
  return (
    <details>
      <summary>What is imported and what is not</summary>
      <div className="scroll" tabIndex={0} role="region" aria-label="Table of what is imported">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Treatment</th>
              <th scope="col">How</th>
            </tr>
          </thead>
          <tbody>
            {contents.map(({ what, treatment, how }) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td>{treatmentTexts[treatment]}</td>
                <td>{how}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
