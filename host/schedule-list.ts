/** A task that waits for its time. */
export interface ScheduledTask {
  readonly dueAt: number;
  readonly run: () => void | Promise<void>;
}

/** Tasks in the order in which they fall due; equal times keep the order in which they were added. */
export interface ScheduleList {
  /** Adds a task; the answer takes it out again. */
  add(task: ScheduledTask): () => void;
  /** When the earliest task is due, if there is one. */
  readonly nextDueAt: number | undefined;
  /** Takes the earliest task out when it is due at `now` or before. */
  takeDue(now: number): ScheduledTask | undefined;
  clear(): void;
}

export function createScheduleList(): ScheduleList {
  const tasks: ScheduledTask[] = [];
  return {
    add(task) {
      const index = tasks.findIndex(({ dueAt }) => dueAt > task.dueAt);
      tasks.splice(index < 0 ? tasks.length : index, 0, task);
      return () => {
        const at = tasks.indexOf(task);
        if (at >= 0) tasks.splice(at, 1);
      };
    },
    get nextDueAt() {
      return tasks[0]?.dueAt;
    },
    takeDue(now) {
      const [first] = tasks;
      if (!first || first.dueAt > now) return undefined;
      tasks.shift();
      return first;
    },
    clear() {
      tasks.length = 0;
    },
  };
}
