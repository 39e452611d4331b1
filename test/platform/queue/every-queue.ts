/** Bindings in which one object stands for every queue. */
export const everyQueue = <Q>(queue: Q) => ({ QUEUE: queue, QUEUE_MAIL: queue, QUEUE_BULK: queue })
