/**
 * The rollbacks that EventBridge starts one after the other, as their inputs number them: each follows an
 * execution that ended badly, and nothing follows the last one. The rules of the deployment tell them apart by this
 * text, which contains a space so that no ARN can contain it.
 */
export const rollbackAttempts = ['1 of 3', '2 of 3', '3 of 3'] as const;
