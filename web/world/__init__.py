"""The sample world: data files of samples/ played through the site's own actions."""
