"""Before a page is published and afterwards: the gate, who keeps it, what lapses."""
