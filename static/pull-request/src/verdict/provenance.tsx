import type { ReactNode } from 'react';
import type { ProjectVerdict, PullRequestView } from '@contracts/verdict';
import { isSameCommit, shorten } from '../../../shared/format/commit';
import { Age } from '../environment';
import { sourceWords, texts } from '../texts';

function Fact({ word, children }: { readonly word: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{word}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Commit({ hash }: { readonly hash: string }) {
  return <code title={hash}>{shorten(hash)}</code>;
}

/** Of which commit and how old the verdict of a project is. */
export function ProjectProvenance({
  project,
  headCommit,
}: {
  readonly project: ProjectVerdict;
  readonly headCommit: string | undefined;
}) {
  const { analysedCommit, analysedAt } = project;
  const isOfHead =
    headCommit === undefined ||
    analysedCommit === undefined ||
    isSameCommit(analysedCommit, headCommit);
  return (
    <dl className="provenance">
      <Fact word={texts.analysed}>{analysedAt ? <Age at={analysedAt} /> : texts.notYet}</Fact>
      {(analysedCommit ?? analysedAt) && (
        <Fact word={texts.commit}>
          {analysedCommit ? <Commit hash={analysedCommit} /> : texts.unknownCommit}
        </Fact>
      )}
      {headCommit && !(isOfHead && analysedCommit) && (
        <Fact word={texts.headCommit}>
          <Commit hash={headCommit} />
        </Fact>
      )}
    </dl>
  );
}

/** When and how the app last came to know what the page shows. */
export function ViewProvenance({ view }: { readonly view: PullRequestView }) {
  return (
    <dl className="provenance">
      <Fact word={texts.checked}>
        {view.checkedAt ? <Age at={view.checkedAt} /> : texts.notYet}
      </Fact>
      {view.knownFrom && <Fact word={texts.knownFrom}>{sourceWords[view.knownFrom]}</Fact>}
    </dl>
  );
}
