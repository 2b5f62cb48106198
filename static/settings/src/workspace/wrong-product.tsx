import { Notice } from '../../../shared/components/notice';
import { Button } from '../button';

interface WrongProductProps {
  readonly sentence: string;
  readonly action: string;
  readonly onSwitch: () => void;
}

/** Something of the other product was entered: says so, and takes it to where it belongs. */
export function WrongProduct({ sentence, action, onSwitch }: WrongProductProps) {
  return (
    <div role="status">
      <Notice tone="warning">
        <p>{sentence}</p>
        <div className="row start">
          <Button onClick={onSwitch}>{action}</Button>
        </div>
      </Notice>
    </div>
  );
}
