"""What the page does with a project, without the page: facts, plan, sections, checks, exports."""
