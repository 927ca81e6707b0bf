"""Due work: what takes time or must happen later, one file for each kind of job."""
