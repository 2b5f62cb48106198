interface Question {
  readonly title: string;
  readonly content: readonly HTMLElement[];
  readonly no: string;
  readonly yes: string;
}

/** Asks in a dialog of the shell, above the app's frames; Escape means no. */
export function askPerson({ title, content, no, yes }: Question): Promise<boolean> {
  const dialog = document.createElement('dialog');
  dialog.className = 'modal modal-small';
  const heading = document.createElement('h2');
  heading.id = 'question-title';
  heading.className = 'modal-title';
  heading.textContent = title;
  dialog.setAttribute('aria-labelledby', heading.id);
  const actions = document.createElement('div');
  actions.className = 'modal-actions';
  dialog.append(heading, ...content, actions);
  document.body.append(dialog);
  return new Promise((resolve) => {
    const answer = (isYes: boolean) => () => {
      dialog.close();
      dialog.remove();
      resolve(isYes);
    };
    actions.append(
      button(no, 'button', answer(false)),
      button(yes, 'button button-primary', answer(true)),
    );
    dialog.addEventListener('cancel', answer(false));
    dialog.showModal();
  });
}

function button(text: string, className: string, run: () => void): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = className;
  element.textContent = text;
  element.addEventListener('click', run);
  return element;
}
