import { SonarQubeLimits } from '../limits';
import type { Task, Tasks } from '../state/tasks';

/** Works through the queue of background tasks: a few at once, those of one project one after the other. */
export interface TaskRunner {
  /** Looks for work; called whenever a task was added. */
  wake(): void;
  pause(): void;
  resume(): void;
  /** Resolves when nothing runs and nothing may start. */
  idle(): Promise<void>;
  /** Starts nothing more and resolves when what runs has ended. */
  stop(): Promise<void>;
}

export function createTaskRunner(tasks: Tasks, process: (task: Task) => Promise<void>): TaskRunner {
  const running = new Map<string, Promise<void>>();
  let held = false;
  let stopped = false;

  function startDue(): void {
    if (held || stopped) return;
    for (const task of tasks.listPending()) {
      if (running.size >= SonarQubeLimits.tasksAtOnce) return;
      if (!running.has(task.projectKey)) start(task);
    }
  }

  function start(task: Task): void {
    const work = process(task)
      .catch((error: unknown) => {
        console.error(`Background task ${task.id} broke off:`, error);
      })
      .finally(() => {
        running.delete(task.projectKey);
        startDue();
      });
    running.set(task.projectKey, work);
  }

  async function idle(): Promise<void> {
    startDue();
    while (running.size > 0) await Promise.all(running.values());
  }

  return {
    wake: startDue,
    pause() {
      held = true;
    },
    resume() {
      held = false;
      startDue();
    },
    idle,
    async stop() {
      stopped = true;
      await idle();
    },
  };
}
