"""The board: the columns of all orders in memory, which is where the queue is sorted, filtered and counted."""
