import type { ProjectVerdict } from '@contracts/verdict';
import { LastKnown } from './last-known';
import { Task } from './task';

/** What the server is doing, and what it last said while it says nothing of the head commit. */
export function Analysis({ project }: { readonly project: ProjectVerdict }) {
  return (
    <>
      {project.task && <Task task={project.task} />}
      <LastKnown project={project} />
    </>
  );
}
