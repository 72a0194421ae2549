"""外来表样 (S22): "上面又要一张新表" - an Excel template of somebody else is registered once and filled ever after."""
