"""Running time limits of a case: started, paused, stopped, due. Which clocks exist is the procedure's business."""
