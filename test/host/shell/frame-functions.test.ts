import fc from 'fast-check';
import { createFunctionTable } from '../../../host/shell/frame/functions';

describe('functions in payloads of the bridge', () => {
  it('stay in the frame and are called by their number', () => {
    const table = createFunctionTable();
    const onClose = jest.fn();

    const sent = table.detach({ resource: null, onClose, actions: [{ onClick: onClose }] });
    table.call(1, ['value']);

    expect(sent).toEqual({
      resource: null,
      onClose: { __gatehouseFunction: 1 },
      actions: [{ onClick: { __gatehouseFunction: 2 } }],
    });
    expect(onClose).toHaveBeenCalledWith('value');
  });

  it('leave a payload without functions as it is', () => {
    const table = createFunctionTable();

    fc.assert(
      fc.property(fc.jsonValue(), (payload) => {
        expect(table.detach(payload)).toEqual(payload);
      }),
    );
  });

  it('do nothing for a number that was never given out', () => {
    expect(() => createFunctionTable().call(7, [])).not.toThrow();
  });
});
