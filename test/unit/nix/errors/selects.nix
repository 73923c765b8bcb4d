let
  y = 1;
in
  y.z
