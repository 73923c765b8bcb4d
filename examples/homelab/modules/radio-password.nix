# Asked for once, kept for good.
{
  clan.core.vars.generators.radio = {
    prompts.password = {
      type = "hidden";
      description = "Password of the radio's web page";
      persist = true;
    };
  };
}
