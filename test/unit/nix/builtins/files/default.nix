"the folder"
